// The way from a published score to the one that counts here, as bars on a scale from 0 to 10.
import type { ScoreExplained } from "~/api/own";
import { metricName, valueName } from "./cvss";

export interface Bar {
  kind: "published" | "raised" | "lowered" | "same" | "final";
  /** What the bar stands for: "Attack vector: Network → Physical". */
  title: string;
  reason?: string;
  from: number;
  to: number;
  score: number;
}

export function waterfall(score: ScoreExplained): Bar[] {
  const bars: Bar[] = [{ kind: "published", title: `Published by ${score.base.source}`, from: 0, to: score.base.score, score: score.base.score }];
  let before = score.base.score;
  for (const step of score.steps) {
    const said = (value: string | undefined) => valueName(score.final.vector, step.metric, value ?? "X");
    const name = metricName(score.final.vector, step.metric);
    bars.push({
      kind: step.after > before ? "raised" : step.after < before ? "lowered" : "same",
      // A floor changes no metric.
      title: step.to ? `${name}: ${said(step.from)} → ${said(step.to)}` : name === "Floor" ? "Lowest score allowed" : name,
      reason: step.reason,
      from: Math.min(before, step.after),
      to: Math.max(before, step.after),
      score: step.after,
    });
    before = step.after;
  }
  if (score.steps.length > 0) bars.push({ kind: "final", title: "On this resource", from: 0, to: score.final.score, score: score.final.score });
  return bars;
}

/** "+0.6", "−3.6"; a minus sign is no hyphen. */
export function signed(difference: number): string {
  const text = Math.abs(difference).toFixed(1);
  if (text === "0.0") return "±0";
  return `${difference < 0 ? "−" : "+"}${text}`;
}
