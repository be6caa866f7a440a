// A password to be chosen: typed, or made up and then shown, so that it can be handed on.
import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import { useState } from "react";
import { madeUpPassword, passwordProblem } from "~/model/password";

interface Props {
  label: string;
  value: string;
  user: string;
  onChange: (password: string) => void;
  /** Say what is wrong only once somebody has tried. */
  tried: boolean;
}
export default function NewPassword({ label, value, user, onChange, tried }: Props) {
  const [shown, setShown] = useState(false);
  return (
    <FormField
      label={label}
      constraintText="At least 12 characters of any kind"
      errorText={tried ? passwordProblem(value, user) : ""}
      secondaryControl={
        <Button
          formAction="none"
          onClick={() => {
            onChange(madeUpPassword());
            setShown(true);
          }}
        >
          Make one up
        </Button>
      }
    >
      <Input
        value={value}
        type={shown ? "text" : "password"}
        autoComplete="new-password"
        spellcheck={false}
        onChange={({ detail }) => {
          if (detail.value === "") setShown(false);
          onChange(detail.value);
        }}
      />
    </FormField>
  );
}
