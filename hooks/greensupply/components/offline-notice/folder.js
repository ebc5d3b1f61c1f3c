// @ts-check
/** Only in the offline zip: what scripts link as `modules/ems/` is, without a server, `modules/ems/index.html`. */
'use strict'
for (const event of ['pointerdown', 'focusin', 'click']) {
  addEventListener(event, ({target}) => {
    const link = target instanceof Element ? target.closest('a[href]') : null
    if (link instanceof HTMLAnchorElement && link.protocol === 'file:' && link.pathname.endsWith('/')) link.pathname += 'index.html'
  }, {capture: true})
}
