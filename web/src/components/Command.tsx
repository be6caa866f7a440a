// Something to type, with a button that copies it.
import CopyToClipboard from "@cloudscape-design/components/copy-to-clipboard";
import "./command.css";

interface Props {
  text: string;
  /** "the command that upgrades openssl", for those who do not see what stands beside the button. */
  what?: string;
}
export default function Command({ text, what = "the command" }: Props) {
  return (
    <div className="command">
      <pre tabIndex={0} role="group" aria-label={what}>
        <code>{text}</code>
      </pre>
      <CopyToClipboard
        variant="icon"
        textToCopy={text}
        copyButtonAriaLabel={`Copy ${what}`}
        copySuccessText="Copied"
        copyErrorText="The browser did not allow it: select the text instead"
        popoverRenderWithPortal
      />
    </div>
  );
}
