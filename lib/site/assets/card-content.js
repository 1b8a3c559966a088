import { receiptOf, signatureOf } from './card-data.js'

function element(tag, className, ...children) {
  const made = document.createElement(tag)
  if (className) made.className = className
  made.append(...children)
  return made
}

/** Code of our own making (see code-lines.ts), as elements. */
function codeOf(markup) {
  const code = document.createElement('code')
  code.innerHTML = markup
  return code
}

function anchor(href, text, className) {
  const link = element('a', className, text)
  link.href = href
  if (className) link.rel = 'noreferrer'
  return link
}

/** What the card of a link shows, with a name for it; null when there is nothing to show. */
export async function cardContent(link) {
  return link.matches('.cite') ? citedLines(link) : signature(link)
}

async function citedLines(link) {
  const receipt = await receiptOf(link)
  if (!receipt) return null
  const { path, commit, forge, start, end, lines, rest, hash } = receipt
  const where = start === end ? `line ${start}` : `lines ${start}–${end}`
  const numbered = lines.map((line, index) => `<span data-line="${start + index}">${line}</span>`).join('\n')
  const code = element('pre', '', codeOf(numbered))
  code.classList.toggle('wide-numbers', end > 999)
  const foot = element(
    'p',
    'card-foot',
    anchor(link.href, rest > 0 ? `All ${end - start + 1} lines in the source` : 'In the source'),
  )
  if (forge) foot.append(anchor(forge + hash, 'On the forge', 'outside'))
  const head = element('p', 'card-head', element('b', '', path), ` ${where} at `, element('code', '', commit))
  return { name: `${path}, ${where}`, parts: [head, code, foot] }
}

async function signature(link) {
  const found = await signatureOf(link)
  if (!found) return null
  const [markup, summary] = found
  const parts = [element('pre', '', codeOf(markup))]
  if (summary) parts.push(element('p', 'card-text', summary))
  parts.push(element('p', 'card-foot', anchor(link.href, 'Its entry')))
  return { name: `Signature of ${link.textContent}`, parts }
}
