import { exactDay, relativeTime } from "~/model/time";

/** A day that matters as such, a deadline say, with how far away it is. Seconds since 1970. */
export default function Day({ at }: { at: number | undefined }) {
  if (!at) return <>–</>;
  return (
    <time dateTime={exactDay(at)} title={relativeTime(at)}>
      {exactDay(at)} ({relativeTime(at)})
    </time>
  );
}
