/** What each card of the page is about, and where a click on its numbers leads. */
export interface Slice { from: string; to: string; /** In words. */ over: string; goBehind: (patch: Record<string, string | null>) => void }
