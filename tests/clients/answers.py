"""Checks the bytes of an answer against the output shapes of botocore's model, before botocore's own tolerant
parser makes something of them: types, required members, bounds, words, patterns, no null, nothing unknown.
"""
import json
import re

# Members, words and bounds of the newest model (August 2026), which the installed one may not have.
NEWER_MEMBERS = {
    "Resource": {"provider", "providerAccountId", "providerOrgId"},
    "ResourceDetails": {"vm", "image", "serverlessFunction"},
    "Ec2ConfigurationState": {"vmScannerState"},
    "AmiAggregationResponse": {"cloud"}, "FindingTypeAggregationResponse": {"cloud"},
    "ImageLayerAggregationResponse": {"cloud"}, "RepositoryAggregationResponse": {"cloud"},
    "AggregationResponse": {"vmInstanceAggregation", "containerImageAggregation",
                            "serverlessFunctionAggregation"},
    # Vigil's own, docs/api.md.
    "Filter": {"vigil"},
}
NEWER_WORDS = {
    "AggregationType": {"VM_INSTANCE", "CONTAINER_IMAGE", "SERVERLESS_FUNCTION"},
    "EcrRescanDuration": {"DAYS_3", "DAYS_7"}, "EcrPullDateRescanDuration": {"DAYS_3", "DAYS_7"},
    "ScanStatusReason": {"SCAN_IN_PROGRESS", "IMAGE_ARCHIVED", "UNSUPPORTED_CODE_ARTIFACTS"},
    "ScanMode": {"EC2_INSPECTOR_AGENT_BASED"},
}
# Where the service itself differs from its model (docs/api.md).
NOT_REQUIRED = {("State", "errorCode"), ("State", "errorMessage")}
ANY_WORD = {("Counts", "groupKey")}
MAY_BE_EMPTY = {"ClusterInformationList"}


class Checker:
    def __init__(self):
        self.problems = []

    def check(self, shape, value, path):
        if value is None:
            self.problems.append(f"{path}: null")
            return
        getattr(self, "check_" + shape.type_name, self.check_other)(shape, value, path)

    def wrong(self, path, what, value):
        self.problems.append(f"{path}: {what}: {value!r:.200}")

    def check_structure(self, shape, value, path):
        if not isinstance(value, dict):
            return self.wrong(path, "no structure", value)
        newer = NEWER_MEMBERS.get(shape.name, set())
        for name, content in value.items():
            if name in shape.members:
                if (shape.name, name) in ANY_WORD:
                    if not isinstance(content, str):
                        self.wrong(f"{path}.{name}", "no text", content)
                    continue
                self.check(shape.members[name], content, f"{path}.{name}")
            elif not any(name == known or name.startswith(known) for known in newer):
                self.wrong(path, "unknown member", name)
        for name in shape.required_members:
            if name not in value and (shape.name, name) not in NOT_REQUIRED:
                self.wrong(path, "no member", name)
        if shape.is_tagged_union and len(value) != 1:
            self.wrong(path, "a union of one", value)

    def bounds(self, shape, size, value, path):
        limits = shape.metadata
        if shape.name in MAY_BE_EMPTY:
            limits = {key: limit for key, limit in limits.items() if key != "min"}
        if size < limits.get("min", size) or size > limits.get("max", size):
            self.wrong(path, f"not in {limits.get('min')}..{limits.get('max')}", value)

    def check_list(self, shape, value, path):
        if not isinstance(value, list):
            return self.wrong(path, "no list", value)
        self.bounds(shape, len(value), value, path)
        for index, item in enumerate(value):
            self.check(shape.member, item, f"{path}[{index}]")

    def check_map(self, shape, value, path):
        if not isinstance(value, dict):
            return self.wrong(path, "no map", value)
        for key, item in value.items():
            self.check(shape.key, key, path + "{key}")
            self.check(shape.value, item, f"{path}[{key}]")

    def check_string(self, shape, value, path):
        if not isinstance(value, str):
            return self.wrong(path, "no text", value)
        self.bounds(shape, len(value), value, path)
        if shape.enum and value not in shape.enum and value not in NEWER_WORDS.get(shape.name, ()):
            self.wrong(path, f"no word of {shape.name}", value)
        pattern = shape.metadata.get("pattern")
        if pattern and not re.fullmatch(pattern, value):
            self.wrong(path, f"not {pattern}", value)

    def check_integer(self, shape, value, path):
        if not isinstance(value, int) or isinstance(value, bool):
            return self.wrong(path, "no integer", value)
        self.bounds(shape, value, value, path)

    check_long = check_integer

    def check_double(self, shape, value, path):
        if not isinstance(value, (int, float)) or isinstance(value, bool):
            return self.wrong(path, "no number", value)
        self.bounds(shape, value, value, path)

    def check_timestamp(self, shape, value, path):
        # Seconds since 1970, as the protocol has them, in this century.
        if not isinstance(value, (int, float)) or isinstance(value, bool) or not 0 < value < 4102444800:
            self.wrong(path, "no time", value)

    def check_boolean(self, shape, value, path):
        if not isinstance(value, bool):
            self.wrong(path, "no boolean", value)

    def check_other(self, shape, value, path):
        self.wrong(path, "a type the checker does not know", shape.type_name)


def watch(client):
    """Checks every answer that the client gets from now on. Gives the names of the operations that were answered
    with success, and the problems found."""
    answered, problems = set(), []

    def on_error(operation_model, response_dict):
        """An error that the model knows has the members that its shape requires."""
        kind = response_dict["headers"].get("x-amzn-errortype", "")
        if not kind:
            problems.append(f"{operation_model.name}: an error without x-amzn-ErrorType")
        document = json.loads(response_dict["body"])
        for shape in operation_model.error_shapes:
            if shape.name == kind:
                problems.extend(f"{operation_model.name}: {kind} without {member}"
                                for member in shape.required_members if not document.get(member))
                if response_dict["status_code"] != shape.metadata["error"]["httpStatusCode"]:
                    problems.append(f"{operation_model.name}: {kind} is {response_dict['status_code']}")

    def on_answer(operation_model, response_dict, **_):
        if response_dict["status_code"] != 200:
            return on_error(operation_model, response_dict)
        name = operation_model.name
        answered.add(name)
        document = json.loads(response_dict["body"] or b"{}")
        if operation_model.output_shape is None:
            return
        if name == "ScanSbom":  # a document of another standard; its own test looks into it
            document = {"sbom": {}} if isinstance(document.get("sbom"), dict) else document
        checker = Checker()
        checker.check(operation_model.output_shape, document, name)
        problems.extend(checker.problems)

    client.meta.events.register("before-parse." + client.meta.service_model.service_id.hyphenize() + ".*",
                                on_answer)
    return answered, problems
