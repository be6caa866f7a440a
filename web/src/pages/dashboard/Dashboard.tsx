// The page for the morning: how things stand, what to fix first, what is due, what is not seen.
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useOwn } from "~/api/queries";
import type { Summary } from "~/api/own";
import { counted } from "~/model/numbers";
import { total } from "~/model/severity";
import DueDates from "./DueDates";
import Figures from "./Figures";
import FirstFixes from "./FirstFixes";
import Freshness from "./Freshness";
import NothingWatched from "./NothingWatched";
import RiskTrend from "./RiskTrend";
import TopResources from "./TopResources";
import Watched from "./Watched";
import "./dashboard.css";

const known = (summary: Summary) => summary.resources.reduce((sum, type) => sum + type.watched + type.notWatched, 0);

function describe(summary: Summary): string {
  const findings = total(summary.active);
  return `${findings === 0 ? "No active findings" : counted(findings, "active finding")} on ${counted(known(summary), "resource")}`;
}

export default function Dashboard() {
  const summary = useOwn<Summary>("summary");
  const nothing = summary.data !== undefined && known(summary.data) === 0;
  return (
    <ContentLayout
      header={
        <Header variant="h1" description={summary.data && !nothing ? describe(summary.data) : undefined}>
          Dashboard
        </Header>
      }
    >
      {nothing ? (
        <SpaceBetween size="l">
          <NothingWatched />
          <Freshness />
        </SpaceBetween>
      ) : (
        <SpaceBetween size="l">
          <Figures query={summary} />
          <div className="dashboard">
            <SpaceBetween size="l">
              <FirstFixes />
              <RiskTrend />
            </SpaceBetween>
            <SpaceBetween size="l">
              <DueDates />
              <TopResources />
              <Watched query={summary} />
              <Freshness />
            </SpaceBetween>
          </div>
        </SpaceBetween>
      )}
    </ContentLayout>
  );
}
