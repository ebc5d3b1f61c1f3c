// @ts-check
/** Only in the offline zip, beside its first page. Where the zip was not unpacked this file is not there, and the page stays. */
'use strict'
location.replace(/** @type {HTMLAnchorElement} */ (document.querySelector('a')).href)
