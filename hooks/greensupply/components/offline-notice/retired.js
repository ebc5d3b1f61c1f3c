// @ts-nocheck: a service worker's globals, which no type here describes.
/** In place of the worker while authors preview the hub, and for a host that wants it gone: nothing is kept. */
'use strict'
addEventListener('install', () => skipWaiting())
addEventListener('activate', event => event.waitUntil((async () => {
  const ours = `greensupply 1 ${new URL(self.registration.scope).pathname} `
  for (const name of await caches.keys()) if (name.startsWith(ours)) await caches.delete(name)
  await self.registration.unregister()
})()))
