import { expect, it } from 'vitest'
import { makeFacts, makeSymbol } from '#lib/testing/make-facts.ts'
import { describeSymbol } from './describe-symbol.ts'

it('says of a name taken out of another value which part it stands for', () => {
  const signature = 'const { Cancel, all: both, go = 1 } = axios'
  const describe = (name: string) => {
    const symbol = makeSymbol('index.js', name, { kind: 'constant', signature })
    return describeSymbol(makeFacts({ symbols: [symbol] }), symbol)
  }
  expect(['Cancel', 'both', 'go'].map(describe)).toEqual([
    'Stands for `axios.Cancel`.',
    'Stands for `axios.all`.',
    'Stands for `axios.go`.',
  ])
  const plain = makeSymbol('index.js', 'Far', { kind: 'constant', signature: 'const Far = near' })
  expect(describeSymbol(makeFacts({ symbols: [plain] }), plain)).toBe('Stands for `near`.')
})
