// @ts-check
import {open} from './page.js'
import {Scorm2004} from './scorm2004.js'

void open(new Scorm2004())
