import { expect, it } from 'vitest'
import { parseFile } from './parse-file.ts'

async function listed(lines: string[], path = 'way.js') {
  const parsed = await parseFile(lines.join('\n'), path)
  if (typeof parsed === 'string') throw new Error(parsed)
  return parsed.symbols.map(({ qualified, kind, public: open }) => `${open ? '+' : '-'} ${kind} ${qualified}`)
}

it('reads a library inside a function that runs at once: what it gives back and what it hangs on that is public', async () => {
  const lines = [
    '(function (factory) {',
    "  if (typeof exports !== 'undefined') factory(exports)",
    '  else factory((window.Way = {}))',
    '})(function (Way, $) {',
    "  Way.VERSION = '1'",
    '  var slice = [].slice',
    '  /** Leads home. */',
    '  var Road = Way.Road = function (to) { this.to = to }',
    '  extend(Road.prototype, Events, {',
    '    /** Goes. */',
    '    go: function (far) { function inner() {} },',
    '    limit: 1,',
    '  })',
    '  Road.prototype.stop = function () {}',
    '  Way.sync = function (a) {}',
    '  function own() {}',
    '  return Way',
    '})',
  ]
  expect(await listed(lines)).toEqual([
    '- variable slice',
    '+ function Road',
    '- function own',
    '+ constant VERSION',
    '+ method Road.go',
    '+ method Road.stop',
    '+ function sync',
  ])
})

it('reads what a bundle of the universal kind gives back, and a global that a function sets', async () => {
  const umd = [
    '!function (global, factory) {',
    "  typeof exports === 'object' ? module.exports = factory() : global.Way = factory()",
    '}(this, (function () {',
    '  class Way { go() {} }',
    '  function hidden() {}',
    '  function find() {}',
    '  return { Way: Way, find, size: 1 }',
    '}))',
  ]
  expect(await listed(umd)).toEqual(['+ class Way', '+ method Way.go', '- function hidden', '+ function find'])
  const plain = ['(function () {', '  function Way() {}', '  root.Way = Way', '}).call(this)']
  expect(await listed(plain)).toEqual(['+ function Way'])
})

it('takes no function that merely runs for a library: one that lets nothing out, or is a small part of its file', async () => {
  const runs = ['(function () {', '  function start() {}', '  start()', '})()']
  expect(await listed(runs)).toEqual([])
  const handed = ['describe("way", function () {', '  var way = 1', '  return way', '})']
  expect(await listed(handed)).toEqual([])
  const module = ['(function () {', '  function a() {}', '  window.a = a', '})()', "import './b.js'"]
  expect(await listed(module)).toEqual([])
})
