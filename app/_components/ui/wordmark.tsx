/** The product's sign: a page whose lines are checked. */
export function Wordmark() {
  return (
    <span className="inline-flex items-center gap-2 font-semibold text-[0.9375rem] text-ink tracking-tight">
      <svg
        viewBox="0 0 20 20"
        className="size-5"
        aria-hidden="true"
        fill="none"
        strokeWidth="1.75"
        strokeLinecap="round"
      >
        <path d="M4.5 1.9h8l3 3v13.2h-11z" stroke="currentColor" strokeLinejoin="round" />
        <path d="M7.5 6.5h3" stroke="currentColor" />
        <path d="m7.4 11.9 2 2 3.4-4" stroke="var(--accent)" strokeLinejoin="round" />
      </svg>
      docsfy
    </span>
  )
}
