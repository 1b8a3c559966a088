/** Stand-in colours of a drawing, each replaced by one of the theme's when the drawing is done. */
export const PAINT = {
  ink: '#010101',
  soft: '#020202',
  line: '#030303',
  fill: '#040404',
  stroke: '#050505',
  sunk: '#060606',
  rule: '#070707',
  paper: '#080808',
} as const
type Colour = keyof typeof PAINT

const THEMES: Record<'light' | 'dark', Record<Colour, string>> = {
  light: {
    ink: '#22211d',
    soft: '#54514a',
    line: '#635e53',
    fill: '#fffefb',
    stroke: '#a8a291',
    sunk: '#f3f0e8',
    rule: '#d5cfbf',
    paper: '#fbfaf6',
  },
  dark: {
    ink: '#e9e6de',
    soft: '#bab5a9',
    line: '#a8a294',
    fill: '#282723',
    stroke: '#68635a',
    sunk: '#1f1e1b',
    rule: '#403d37',
    paper: '#191816',
  },
}

/** A drawing in the colours of a theme. */
export function painted(svg: string, theme: 'light' | 'dark'): string {
  const byStandIn = new Map(
    Object.entries(PAINT).map(([name, colour]) => [colour as string, THEMES[theme][name as Colour]]),
  )
  return svg.replace(/"(#0[1-8]0[1-8]0[1-8])"/g, (whole, colour) => `"${byStandIn.get(colour) ?? whole.slice(1, -1)}"`)
}
