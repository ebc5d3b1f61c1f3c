// @ts-check
import {open} from './page.js'
import {Scorm12} from './scorm12.js'

void open(new Scorm12())
