// Something to copy, shown as it is with a small button beside it.
import CopyToClipboard from "@cloudscape-design/components/copy-to-clipboard";

interface Props {
  text: string;
  /** "ARN" */
  what: string;
  /** Shown instead of `text`. */
  shown?: string;
}
export default function Copy({ text, what, shown }: Props) {
  return (
    <CopyToClipboard
      variant="inline"
      textToCopy={text}
      textToDisplay={shown ?? text}
      copyButtonAriaLabel={`Copy the ${what}`}
      copySuccessText={`${what} copied`}
      copyErrorText={`The ${what} could not be copied`}
      popoverRenderWithPortal
    />
  );
}
