// Commands to copy, with the address of this server and, once there is one, an access key.

export interface Key {
  accessKeyId: string;
  secretAccessKey: string;
}

/** A word that a shell takes as it is. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** What every AWS client and `vigil scan --server` read; without a key, what has to be put in. */
export function credentials(key: Key | undefined, region: string): string {
  const of = (name: string, value: string | undefined) => `export ${name}=${value === undefined ? "..." : shellWord(value)}`;
  return [of("AWS_ACCESS_KEY_ID", key?.accessKeyId), of("AWS_SECRET_ACCESS_KEY", key?.secretAccessKey), of("AWS_REGION", region)].join("\n");
}

export function awsCommands(key: Key | undefined, region: string, url: string): string {
  return [
    credentials(key, region),
    `export AWS_ENDPOINT_URL_INSPECTOR2=${shellWord(url)} AWS_ENDPOINT_URL_INSPECTOR_SCAN=${shellWord(url)}`,
    "aws inspector2 list-findings",
  ].join("\n");
}

/** "vigil scan host --server https://…"; what is scanned stands last. */
export function scanCommand(kind: string, url: string, what = ""): string {
  return ["vigil", "scan", kind, "--server", shellWord(url), what].filter((word) => word !== "").join(" ");
}
