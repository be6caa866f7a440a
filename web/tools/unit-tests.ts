// Before every unit test: Node 18, which is Debian's, has no global `crypto`, as browsers have.
import { webcrypto } from "node:crypto";

globalThis.crypto ??= webcrypto as Crypto;
