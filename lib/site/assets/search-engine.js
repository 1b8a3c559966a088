import { indexTerms, queryTerms } from './search-terms.js'

const MAX_RESULTS = 30

/**
 * Makes a search function over an index of pages and sections (see search-index.ts). It answers with
 * `{ page, id, heading, text, terms }`, best first; `terms` are the words to highlight.
 */
export function createEngine(MiniSearch, { pages, sections }) {
  const engine = new MiniSearch({
    fields: ['page', 'heading', 'text'],
    tokenize: indexTerms,
    processTerm: (term) => (term.length > 60 ? null : term),
    searchOptions: {
      tokenize: queryTerms,
      boost: { page: 2, heading: 4 },
      prefix: (term) => term.length > 1,
      fuzzy: (term) => (term.length > 3 ? 0.2 : false),
      weights: { fuzzy: 0.2, prefix: 0.6 },
      // The first section of a page stands for the page: a match in its title counts there most.
      boostDocument: (id) => (sections[id][1] ? 1 : 1.6),
    },
  })
  engine.addAll(sections.map(([page, , heading, text], id) => ({ id, page: pages[page][1], heading, text })))
  return (query) => {
    const all = engine.search(query, { combineWith: 'AND' })
    const found = all.length ? all : engine.search(query, { combineWith: 'OR' })
    return found.slice(0, MAX_RESULTS).map(({ id, terms }) => {
      const [page, anchor, heading, text] = sections[id]
      return { page: pages[page], id: anchor, heading, text, terms }
    })
  }
}
