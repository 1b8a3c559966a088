import { expect, it } from 'vitest'
import { materialToMarkdown } from '#lib/writers/builtin/material.ts'

it('turns content tabs and admonitions of MkDocs into plain Markdown, and leaves code alone', () => {
  const text = [
    'Close it:',
    '',
    '=== "Java"',
    '',
    '    Use `try`:',
    '',
    '    ```java',
    '    close();',
    '    ```',
    '',
    '!!! note "Careful"',
    '    It closes.',
    '',
    'After.',
    '',
    '```text',
    '!!! note',
    '```',
  ].join('\n')
  expect(materialToMarkdown(text).replace(/\n{2,}/g, '\n')).toBe(
    'Close it:\n**Java**\nUse `try`:\n```java\nclose();\n```\n> **Careful:**\n>\n> It closes.\nAfter.\n```text\n!!! note\n```',
  )
  const heading = 'Title\n=====\n\n=== equal signs ===\n'
  expect(materialToMarkdown(heading)).toBe(heading)
})
