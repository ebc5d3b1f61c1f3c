// Runs inside `.venv-lrs`: a file of questions in GIFT comes in, what gift-pegjs makes of it goes out as JSON.
const {parse} = require(process.argv[2])
const {readFileSync} = require('node:fs')

console.log(JSON.stringify(parse(readFileSync(0, 'utf8'))))
