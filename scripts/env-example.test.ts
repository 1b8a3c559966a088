import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { readConfig, SETTING_NAMES } from '#lib/config.ts'

const lines = readFileSync('.env.example', 'utf8').split('\n')
const settings = lines.flatMap((line, index) => {
  const match = /^([A-Z_]+)=(.*)$/.exec(line)
  return match ? [{ name: match[1] ?? '', value: match[2] ?? '', comment: lines[index - 1] ?? '' }] : []
})

it('.env.example lists every setting, in the order of lib/config.ts', () => {
  expect(settings.map(({ name }) => name)).toEqual(SETTING_NAMES)
})

it('.env.example explains every setting in the line above it', () => {
  expect(settings.filter(({ comment }) => !/^# .{15,}\.$/.test(comment))).toEqual([])
})

it('.env.example shows the defaults', () => {
  const given = Object.fromEntries(settings.map(({ name, value }) => [name, value]))
  expect(readConfig(given)).toEqual(readConfig({}))
})
