/** Stands where a panel will be, for the moment its code or its data takes to arrive. */
export function PanelSkeleton() {
  return (
    <div role="status" aria-label="Loading" className="mx-auto max-w-5xl space-y-4 px-4 py-6 md:px-8 md:py-8">
      <div className="skeleton h-7 w-2/5" />
      <div className="skeleton h-4 w-1/5" />
      <div className="skeleton mt-8 h-4 w-3/5" />
      <div className="skeleton h-4 w-1/2" />
      <div className="skeleton h-4 w-2/5" />
    </div>
  )
}
