/** Words of a text, in lower case. Identifiers count whole and by their parts: `renderSite` is rendersite, render, site. */
export function indexTerms(text) {
  const terms = []
  for (const word of words(text)) {
    terms.push(word)
    const parts = word
      .replace(/(\p{Ll}|\p{N})(\p{Lu})/gu, '$1_$2')
      .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1_$2')
      .split(/[_-]+/)
    if (parts.length > 1) terms.push(...parts.filter(Boolean))
  }
  return terms.map((term) => term.toLowerCase())
}

/** Words of a query, whole. */
export function queryTerms(text) {
  return words(text).map((word) => word.toLowerCase())
}

function words(text) {
  return text.match(/[\p{L}\p{N}_]+(?:-[\p{L}\p{N}_]+)*/gu) ?? []
}
