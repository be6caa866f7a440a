import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import ReferenceList from "./ReferenceList";

export default function References({ urls }: { urls: readonly string[] }) {
  if (urls.length === 0) return null;
  return (
    <Container
      header={
        <Header variant="h2" counter={`(${urls.length})`}>
          References
        </Header>
      }
    >
      <ReferenceList urls={urls} />
    </Container>
  );
}
