declare module 'commonmark-spec' {
  /** Every example of the specification, with tabs written as `→`. */
  export const tests: { number: number; section: string; markdown: string; html: string }[]
}
