"""Texts of a page that look alike: axe need not reckon the contrast of each of a thousand cells of a table.

A text looks as another where all that colours it is the same, from the element up to the root, and where axe would judge
it by the same rules: shown, of more than a sign or two, not disabled. What is laid over other things, with all within
it, and the words of drawings look like nothing else: there the ground need not be that of the parent.
"""

TWIN = "data-look-twin"
MOST = 3
"""So many that look alike are looked at."""

RULE = {"id": "color-contrast", "selector": f"*:not([{TWIN}])"}
"""How axe is told to leave the others out; where none is marked, it looks at all."""

MARK = """([name, most]) => {
  const says = ['color', 'backgroundColor', 'backgroundImage', 'backgroundClip', 'opacity', 'fontSize', 'fontWeight',
    'textShadow', 'filter', 'mixBlendMode', 'overflowX', 'position', 'zIndex', 'clipPath']
  const looks = new Map(), numbers = new Map(), seen = new Map()
  const look = it => {
    if (!it) return 0
    if (!looks.has(it)) {
      const style = getComputedStyle(it)
      const apart = ['static', 'relative'].includes(style.position) && !it.closest('svg') ? '' : looks.size
      const off = Boolean(it.disabled || it.control?.disabled || it.ariaDisabled === 'true')
      const key = [look(it.parentElement), it.localName, off, apart, ...says.map(name => style[name])].join('|')
      if (!numbers.has(key)) numbers.set(key, numbers.size + 1)
      looks.set(it, numbers.get(key))
    }
    return looks.get(it)
  }
  for (const it of document.body.querySelectorAll('*')) {
    const text = [...it.childNodes].filter(node => node.nodeType === 3).map(node => node.data).join('').trim()
    if (!text || it.matches('textarea')) continue
    const box = it.getBoundingClientRect()
    if (!box.width || !box.height || !it.checkVisibility({opacityProperty: true, visibilityProperty: true})) continue
    const key = `${look(it)}|${text.length < 3}`
    seen.set(key, (seen.get(key) ?? 0) + 1)
    it.toggleAttribute(name, seen.get(key) > most)
  }
}"""
UNMARK = "name => document.querySelectorAll(`[${name}]`).forEach(it => it.removeAttribute(name))"
