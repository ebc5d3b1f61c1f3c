// Runs inside `.venv-lrs`: statements as JSON lines come in; a line goes out for each, empty or with what is wrong.
const {createInterface} = require('node:readline')
const {default: warnings} = require(process.argv[2])

createInterface({input: process.stdin}).on('line', line => {
  const found = warnings(JSON.parse(line)).map(warning => `${warning.constructor.name} ${JSON.stringify(warning)}`)
  console.log(found.join(' '))
})
