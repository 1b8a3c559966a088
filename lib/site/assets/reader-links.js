const READERS = [
  ['Open in Claude', 'https://claude.ai/new?q='],
  ['Open in ChatGPT', 'https://chatgpt.com/?hints=search&q='],
]

/** Links that ask others to read the Markdown at `raw`, seen from the address of its page: `[text, address]` of each. */
export function readerLinks(raw, canonical) {
  const wish = encodeURIComponent(`Read ${new URL(raw, canonical)} so that I can ask you about it.`)
  return READERS.map(([text, address]) => [text, address + wish])
}
