// How the risk went, and since when that is known at all.
import AreaChart from "@cloudscape-design/components/area-chart";
import Box from "@cloudscape-design/components/box";
import type { Trend } from "~/api/own";
import { useOwn } from "~/api/queries";
import Empty from "~/components/Empty";
import PageLink from "~/components/PageLink";
import Panel from "~/components/Panel";
import { findingsPath } from "~/model/criteria";
import { count, counted } from "~/model/numbers";
import { total } from "~/model/severity";

const days = 90;
type Day = Trend["days"][number];
const start = (day: Day) => new Date(`${day.day}T00:00:00Z`);
const short = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });
const long = new Intl.DateTimeFormat("en-GB", { weekday: "short", day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });

function describe({ days: known }: Trend) {
  const first = known[0];
  if (!first) return undefined;
  return known.length < 2 ? `Known since today, ${long.format(start(first))}` : `The weights of all active findings together; known since ${long.format(start(first))}`;
}

/** What stood behind a day's number. */
function Behind({ day }: { day: Day }) {
  const since = start(day).getTime() / 1000;
  return (
    <Box fontSize="body-s">
      {counted(total(day.active), "active finding")}: {count(day.active.critical)} critical, {count(day.active.high)} high.{" "}
      <PageLink to={findingsPath({ findingStatus: undefined, firstObservedAt: [{ startInclusive: since, endInclusive: since + 86399 }] })}>{count(day.opened)} new</PageLink>,{" "}
      {count(day.closed)} closed.
    </Box>
  );
}

function Chart({ known }: { known: Day[] }) {
  const points = known.map((day) => ({ x: start(day), y: day.risk }));
  return (
    <AreaChart
      series={[{ type: "area", title: "Risk", data: points, valueFormatter: (value) => count(Math.round(value)) }]}
      xScaleType="time"
      yDomain={[0, Math.max(1, ...known.map((day) => day.risk)) * 1.1]}
      i18nStrings={{
        xTickFormatter: (date) => short.format(date),
        yTickFormatter: (value) => count(Math.round(value)),
        chartAriaRoleDescription: "area chart",
        detailPopoverDismissAriaLabel: "Close",
      }}
      detailPopoverFooter={(date) => {
        const day = known.find((one) => start(one).getTime() === date.getTime());
        return day && <Behind day={day} />;
      }}
      ariaLabel="Risk by day"
      height={180}
      hideFilter
      hideLegend
    />
  );
}

export default function RiskTrend() {
  const trend = useOwn<Trend>(`trend?days=${days}`);
  return (
    <Panel title="Risk" query={trend} what="the trend" description={describe}>
      {({ days: known }) =>
        known.length >= 2 ? (
          <Chart known={known} />
        ) : known[0] ? (
          <div>
            <Box fontSize="display-l" fontWeight="light">{count(Math.round(known[0].risk))}</Box>
            <Box color="text-body-secondary">The sum of the weights of all active findings. Tomorrow there is something to compare it with.</Box>
          </div>
        ) : (
          <Empty title="Nothing is known yet">The first day is written down when the first resource has been assessed.</Empty>
        )
      }
    </Panel>
  );
}
