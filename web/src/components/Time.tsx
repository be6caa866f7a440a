import { exactTime, relativeTime } from "~/model/time";

/** How long ago, the exact time on hovering and for machines. Seconds since 1970. */
export default function Time({ at }: { at: number | undefined }) {
  if (!at) return <>–</>;
  return (
    <time dateTime={new Date(at * 1000).toISOString()} title={exactTime(at)}>
      {relativeTime(at)}
    </time>
  );
}
