import FindingsList from "./FindingsList";

export default function Findings() {
  return <FindingsList above={null} />;
}
