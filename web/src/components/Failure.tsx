// What could not be loaded, why, and a way to try again.
import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";

interface Props {
  error: Error;
  /** "the findings" */
  what: string;
  retry?: () => void;
}
export default function Failure({ error, what, retry }: Props) {
  return (
    <Alert type="error" header={`Could not load ${what}`} action={retry && <Button onClick={retry}>Try again</Button>}>
      {error.message}
    </Alert>
  );
}
