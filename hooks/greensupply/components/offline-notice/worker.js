// @ts-nocheck: a service worker's globals, which no type here describes.
/**
 * The hub without network. It keeps nothing in memory: whatever it knows lies in the caches, so it may be stopped and
 * started at any instant.
 *
 * One cache holds one version of one language, filled from the list of files that the build wrote, each file checked
 * against its hash. The cache `state` says which version of a language is in use (`current`), and for each open page
 * which version it came from (`client/...`), so that what a page asks for later comes from that version too. `any` is
 * the language of no language: the page that is shown where there is nothing.
 */
'use strict'
const SCOPE = self.registration.scope
const ROOT = new URL(SCOPE).pathname
const OURS = `greensupply 1 ${ROOT} `
const STATE = `${OURS}state`
const HASH = 'x-greensupply-hash'
const LISTS = 'assets/offline/'
const LANES = 3
const YOUNG = 60_000 // a page that is being opened is not among the clients yet

/** What the host sends is not what the build listed. */
class Mismatch extends Error {}
/** There is no room for it on the device; `known` if that was said before. */
class Full extends Error {
  constructor(known = false) {
    super()
    this.known = known
  }
}

addEventListener('install', event => {
  skipWaiting() // a page that is open keeps its version: see `part`
  event.waitUntil(alone(async () => take('any', await versions())).catch(() => {}))
})
addEventListener('activate', event => event.waitUntil(clients.claim()))
addEventListener('message', event => {
  const {keep: locale, again} = event.data ?? {}
  if (typeof locale === 'string') event.waitUntil(keep(locale, event.source, Boolean(again)))
})
addEventListener('fetch', event => {
  const {request} = event
  const url = new URL(request.url)
  if (request.method !== 'GET' || !url.href.startsWith(SCOPE) || request.headers.has('range')) return
  event.respondWith(request.mode === 'navigate' ? page(event, url) : part(event, url))
})

/** A page: of the version in use, else from the network, else the page that says why not. */
async function page({request, resultingClientId}, url) {
  const names = Object.values(await current())
  for (const name of names) {
    const kept = await caches.match(bare(url), {cacheName: name})
    if (kept) return of(name, resultingClientId, kept)
    if (await caches.match(`${bare(url)}/index.html`, {cacheName: name})) return Response.redirect(`${url.pathname}/${url.search}`)
  }
  try {
    return await fetch(request)
  } catch {
    return nothing(resultingClientId)
  }
}

/** Whatever a page loads: of the version that the page came from. */
async function part({request, clientId}, url) {
  const [, mark = ''] = /^\?([\da-f]{8})$/.exec(url.search) ?? []
  const name = clientId && await read(`client/${clientId}`)
  const kept = name && await caches.match(bare(url), {cacheName: name})
  if (kept && fits(kept, mark)) return kept
  const words = url.pathname.startsWith(`${ROOT}search/`) // which lead to pages of the version in use, and have no mark
  try {
    return await fetch(words ? new Request(request, {cache: 'no-cache'}) : request)
  } catch (error) {
    // a page that came from the network: else only what is certain to be the same
    for (const other of words ? Object.values(await current()) : mark ? await ours() : []) {
      const found = await caches.match(bare(url), {cacheName: other})
      if (found && fits(found, mark)) return found
    }
    throw error
  }
}

/** The page for addresses that are not kept; its own addresses begin with `./`, as it is shown anywhere. */
async function nothing(client) {
  const {any} = await current()
  const kept = any && await caches.match(`${SCOPE}offline.html`, {cacheName: any})
  if (!kept) return Response.error()
  const html = (await kept.text()).replaceAll('="./', `="${ROOT}`)
  return of(any, client, new Response(html, {status: 503, headers: kept.headers}))
}

/** An answer, after it is noted where the page comes from. */
async function of(name, client, response) {
  if (client) await write(`client/${client}`, name).catch(() => {})
  return response
}

/** Keep a language, or its newer version; tell the pages how it goes. */
async function keep(locale, client, again) {
  const loaded = client && await opened(client.url)
  try {
    await alone(async () => {
      if (again) await forget('full')
      const wanted = await versions()
      await take('any', wanted)
      const fresh = await take(locale, wanted)
      if (loaded && client.id && !await read(`client/${client.id}`)) await adopt(client, loaded, (await current())[locale])
      await tidy(wanted)
      await tell({locale, state: 'kept', fresh})
    })
  } catch (error) {
    const {[locale]: kept} = await current().catch(() => ({}))
    const full = error instanceof Full
    await tell({locale, state: kept ? 'kept' : full ? 'full' : 'failed', fresh: full && !error.known ? 'full' : ''})
  }
}

/** Download a version whole, then take it into use. @returns 'first', 'new', or '' if there was nothing to do */
async function take(locale, wanted) {
  const version = wanted[locale]
  const before = await current()
  const name = named(locale, version)
  if (!version || before[locale] === name) return ''
  if (await read('full') === name) throw new Full(true)
  const list = await (await get(`${LISTS}${locale}.json`)).arrayBuffer()
  if ((await digest(list)).slice(0, version.length) !== version) throw new Mismatch()
  const files = JSON.parse(new TextDecoder().decode(list))
  try {
    await fill(locale, await caches.open(name), files)
    await write('current', JSON.stringify({...await current(), [locale]: name}))
  } catch (error) {
    const full = error instanceof Full || error?.name === 'QuotaExceededError'
    if (full || error instanceof Mismatch) await caches.delete(name)
    if (!full) throw error
    await write('full', name).catch(() => {})
    throw new Full()
  }
  return before[locale] ? 'new' : 'first'
}

/** A few files at a time; those that are on the device already are not asked for again. */
async function fill(locale, cache, files) {
  const known = await reusable()
  const missing = files.filter(([, hash]) => !known.has(hash)).reduce((sum, [, , size]) => sum + size, 0)
  const {quota = Infinity, usage = 0} = await navigator.storage?.estimate?.() ?? {}
  if (missing > quota - usage) throw new Full()
  const queue = files.values()
  let done = 0
  let stopped = false
  const lane = async () => {
    for (const [path, hash] of queue) {
      if (stopped) return
      const there = await cache.match(SCOPE + path)
      if (!there || there.headers.get(HASH) !== hash) await cache.put(SCOPE + path, await known.get(hash)?.(path) ?? await checked(path, hash))
      done += 1
      await tell({locale, state: 'keeping', done, total: files.length})
    }
  }
  await Promise.all(Array.from({length: LANES}, () => lane().catch(error => { stopped = true; throw error })))
}

/** A file from the host, if it is the one of the list. */
async function checked(path, hash) {
  const response = await get(path.replace(/(^|\/)index\.html$/, '$1'))
  const body = await response.arrayBuffer()
  if ((await digest(body)).slice(0, hash.length) !== hash) throw new Mismatch()
  const headers = new Headers(response.headers)
  for (const header of ['content-encoding', 'content-length', 'vary']) headers.delete(header)
  headers.set(HASH, hash)
  return new Response(body, {headers})
}

/** A good answer of our own host, or an error. A host may lead on to another address; what comes is checked. */
async function get(path) {
  const response = await fetch(SCOPE + path, {cache: 'no-cache', credentials: 'same-origin', priority: 'low'})
  if (!response.ok || response.type !== 'basic' || !response.url.startsWith(SCOPE)) throw new Mismatch()
  return response
}

/** Every file that is kept, by its hash. */
async function reusable() {
  const known = new Map()
  for (const name of await ours()) {
    const cache = await caches.open(name)
    for (const request of await cache.keys()) {
      const hash = (await cache.match(request))?.headers.get(HASH)
      if (hash) known.set(hash, async () => cache.match(request))
    }
  }
  return known
}

/** The bytes that a page was loaded from, if the browser still has them. */
async function opened(url) {
  try {
    const response = await fetch(url, {cache: 'only-if-cached', mode: 'same-origin'})
    return response.ok ? await digest(await response.arrayBuffer()) : ''
  } catch {
    return ''
  }
}

/** A page that came from the network before there was a worker: if it is the same page, it belongs to this version. */
async function adopt({id, url}, loaded, name) {
  const kept = name && await caches.match(bare(new URL(url)), {cacheName: name})
  if (kept && loaded.startsWith(kept.headers.get(HASH))) await write(`client/${id}`, name)
}

/** Delete the versions that no page uses, except those that are in use or on their way. */
async function tidy(wanted) {
  const open = new Set((await clients.matchAll({includeUncontrolled: true, type: 'all'})).map(({id}) => id))
  const used = new Set(Object.values(await current()))
  for (const [locale, version] of Object.entries(wanted)) used.add(named(locale, version))
  const state = await caches.open(STATE)
  for (const request of await state.keys()) {
    const [, id] = /\/client\/(.+)$/.exec(request.url) ?? []
    if (!id) continue
    const note = await state.match(request)
    if (open.has(id) || Date.now() - Number(note?.headers.get('date-ms')) < YOUNG) used.add(await note?.text())
    else await state.delete(request)
  }
  for (const name of await ours()) if (!used.has(name)) await caches.delete(name)
}

/** Version of each language at the host now. */
async function versions() { return (await get(`${LISTS}versions.json`)).json() }
/** Cache in use for each language. */
async function current() { return JSON.parse(await read('current') || '{}') }
async function ours() { return (await caches.keys()).filter(name => name.startsWith(OURS) && name !== STATE) }
async function read(key) { return await (await caches.match(`${SCOPE}state/${key}`, {cacheName: STATE}))?.text() ?? '' }
async function write(key, text) {
  const note = new Response(text, {headers: {'date-ms': String(Date.now())}})
  await (await caches.open(STATE)).put(`${SCOPE}state/${key}`, note)
}
async function forget(key) { await (await caches.open(STATE)).delete(`${SCOPE}state/${key}`) }

function named(locale, version) { return `${OURS}${locale} ${version}` }
function fits(response, mark) { return response.headers.get(HASH)?.startsWith(mark) }
/** The file behind an address: directory addresses are their `index.html`, marks and anchors are left out. */
function bare({origin, pathname}) { return origin + pathname + (pathname.endsWith('/') ? 'index.html' : '') }
async function digest(bytes) {
  const hash = await crypto.subtle.digest('SHA-256', bytes)
  return [...new Uint8Array(hash)].map(byte => byte.toString(16).padStart(2, '0')).join('')
}
async function tell(news) {
  for (const client of await clients.matchAll({includeUncontrolled: true})) {
    if (client.url.startsWith(SCOPE)) client.postMessage({greensupply: 'offline', ...news})
  }
}
/** One at a time: two pages must not fill the same cache. */
async function alone(work) { return navigator.locks ? navigator.locks.request(`${OURS}keep`, work) : work() }
