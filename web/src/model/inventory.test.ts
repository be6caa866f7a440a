import { expect, test } from "vitest";
import { layersOf, programsOf, reachOf } from "./inventory";

const packages = [{ name: "bash" }, { name: "libc6" }, { name: "nginx" }];

test("processes of one program are one line, with all packages they use", () => {
  const programs = programsOf(
    [
      { id: 1, name: "bash", executable: "/bin/bash", packages: [0, 1] },
      { id: 2, name: "bash", executable: "/bin/bash", packages: [0], deleted: ["/lib/libc.so"] },
      { id: 3, name: "nginx", executable: "/sbin/nginx", packages: [2, 9] },
    ],
    packages,
  );
  expect(programs.map(({ name, processes, packages: used, outdated }) => [name, processes, used, outdated])).toEqual([
    ["bash", 2, ["bash", "libc6"], true],
    ["nginx", 1, ["nginx"], false],
  ]);
});

test.each([
  ["0.0.0.0", "everywhere"],
  ["::", "everywhere"],
  ["127.0.0.53", "here"],
  ["::1", "here"],
  ["192.0.2.7", "address"],
])("%s is reached from %s", (address, reach) => {
  expect(reachOf(address)).toBe(reach);
});

test("a layer has what it brought; a package of no layer is in none", () => {
  const one = { name: "a", locations: [{ path: "/x", layer: "sha256:1" }, { path: "/y", layer: "sha256:1" }] };
  const two = { name: "b", locations: [{ path: "/z", layer: "sha256:2" }] };
  const three = { name: "c", locations: [{ path: "/v", layer: "sha256:2" }] };
  expect(layersOf([one, two, three, { name: "d" }]).map(({ digest, packages: brought }) => [digest, brought.map(({ name }) => name)])).toEqual([
    ["sha256:2", ["b", "c"]],
    ["sha256:1", ["a"]],
  ]);
});
