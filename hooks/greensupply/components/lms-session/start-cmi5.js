// @ts-check
import {Cmi5} from './cmi5.js'
import {open} from './page.js'

void open(new Cmi5())
