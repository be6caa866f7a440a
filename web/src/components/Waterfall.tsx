// How a score came about, as bars on a scale from 0 to 10. It is a table, so that it reads the same
// without eyes; the bars are a picture of its numbers.
import type { ScoreExplained } from "~/api/own";
import { type Bar, signed, waterfall } from "~/model/waterfall";
import "./waterfall.css";

/** Where a severity begins (docs/scoring.md). */
const bands = [4, 7, 9];

function Picture({ bar }: { bar: Bar }) {
  // A change of nothing is still a place on the scale.
  const width = Math.max((bar.to - bar.from) * 10, 0.6);
  return (
    <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true" className={bar.kind}>
      {bands.map((band) => (
        <line key={band} x1={band * 10} x2={band * 10} y1="0" y2="10" vectorEffect="non-scaling-stroke" />
      ))}
      <rect x={Math.min(bar.from * 10, 100 - width)} y="1.5" width={width} height="7" />
    </svg>
  );
}

function difference(bar: Bar): string {
  if (bar.kind === "published" || bar.kind === "final") return "";
  return signed(bar.kind === "lowered" ? bar.from - bar.to : bar.to - bar.from);
}

export default function Waterfall({ score }: { score: ScoreExplained }) {
  return (
    <table className="waterfall">
      <caption>The score step by step. Lines stand where medium, high and critical begin: at 4, 7 and 9.</caption>
      <thead>
        <tr>
          <th scope="col">Step</th>
          <th scope="col">From 0 to 10</th>
          <th scope="col" className="number">
            Change
          </th>
          <th scope="col" className="number">
            Score
          </th>
        </tr>
      </thead>
      <tbody>
        {waterfall(score).map((bar, index) => (
          <tr key={index} className={bar.kind}>
            <th scope="row">
              {bar.title}
              {bar.reason && <small>{bar.reason}</small>}
            </th>
            <td className="picture">
              <Picture bar={bar} />
            </td>
            <td className="number change">{difference(bar)}</td>
            <td className="number">{bar.score.toFixed(1)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
