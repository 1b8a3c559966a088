import { expect, it } from 'vitest'
import { fenceAfter } from './code-fence.ts'

/** Whether each line is followed by code. */
function opened(...lines: string[]): boolean[] {
  let open: string | null = null
  return lines.map((line) => {
    open = fenceAfter(line, open)
    return open !== null
  })
}

it('opens with three backticks or tildes and closes with as many alone', () => {
  expect(opened('```ts', 'x', '~~~', '```', 'y')).toEqual([true, true, true, false, false])
  expect(opened('  ~~~~ `a`', '~~~', '```', '~~~~~ ')).toEqual([true, true, true, false])
  expect(opened('```', '``` no end', '```\r')).toEqual([true, true, false])
})

it('takes inline code of three backticks at the beginning of a line for what it is', () => {
  expect(opened('  ```*``/```. Such comments may not be nested.', '```` ` ```` too', 'x')).toEqual([
    false,
    false,
    false,
  ])
})

it('takes code that is indented for what it is', () => {
  expect(opened('    ```', 'x')).toEqual([false, false])
})
