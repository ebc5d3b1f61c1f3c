// @ts-check
import {open} from './page.js'
import {Xapi} from './xapi.js'

void open(new Xapi())
