import { describe, expect, it } from 'vitest'
import { cleanReply } from './clean-reply.ts'

const PAGE = '# Doors\n\nOpens doors.\n'

describe('a reply', () => {
  it.each([
    ['is the page', PAGE],
    ['has words before its title', `Sure! Here is the page:\n\n${PAGE}`],
    ['has another title', '# Some doors\n\nOpens doors.'],
    ['stands in a fence', `Here you are:\n\`\`\`markdown\n${PAGE}\`\`\`\n`],
    ['ends with a farewell', `${PAGE}\n---\n\nLet me know if you need anything else!`],
    ['begins with thoughts', `<think>Maybe # Not this\n\none.</think>\n${PAGE}`],
    ['has thoughts in thoughts', `<thinking>a <think># b</think> c</thinking>${PAGE}`],
    ['has thoughts whose beginning is not shown', `# Draft\n\nno.\n</think>\n${PAGE}`],
    ['closes its thoughts before it opens some', `</think>\n${PAGE}\n<think>is that right?`],
    ['has other line ends', PAGE.replaceAll('\n', '\r\n')],
  ])('that %s gives the page with the title of the plan', (_, reply) => {
    expect(cleanReply(reply, 'Doors')).toEqual({ markdown: PAGE })
  })

  it.each([
    ['nothing', ''],
    ['no title', 'I cannot help with that.'],
    ['only a title', '# Doors\n'],
    ['thoughts that never end', `<think>${PAGE}`],
    ['a code block that never ends', `${PAGE}\n\`\`\`sh\nnpm i`],
  ])('of %s is no page', (_, reply) => {
    expect(cleanReply(reply, 'Doors')).toEqual({ problem: expect.any(String) })
  })

  it.each([
    ['a tag in code', '# Doors\n\nWrite `<think>` so, and `</think>` so.\n'],
    ['a tag in a code block', '# Doors\n\nIt reads:\n\n```xml\n<think>x\n```\n\nAnd that:\n\n```xml\n</think>\n```\n'],
    ['a comment in a shell block', '# Doors\n\nDo this:\n\n```\n# install\nnpm i doors\n```\n\nThen go on.\n'],
    ['a Markdown block', '# Doors\n\nA page looks so:\n\n```md\n# Title\n```\n\nThen go on.\n'],
  ])('keeps %s that belongs to the page', (_, page) => {
    expect(cleanReply(page, 'Doors')).toEqual({ markdown: page })
    expect(cleanReply(`<think>a \`</think>\n${page}`, 'Doors')).toEqual({ markdown: page })
  })

  it.each([
    ['thoughts', '<think>'.repeat(200_000) + '# a\n'.repeat(200_000) + '`'.repeat(200_000)],
    ['ends of thoughts', '# a\n'.repeat(200_000) + '</think>'.repeat(200_000)],
    ['farewells', `# a\n${'I hope so.\n---\n'.repeat(200_000)}`],
    ['code that does not end', `# a\n\n${'` `` ``` '.repeat(100_000)}\n\`\`\`\n`],
  ])('full of %s is read in time that grows with its length', (_, hostile) => {
    expect(cleanReply(hostile, 'Doors')).toEqual({ problem: expect.any(String) })
  })
})
