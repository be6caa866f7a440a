// Which resource a scanned thing is: one function, so that `vigil scan`, agents and the server's own
// scans mean the same thing by the same id (design: identities).
//
//   image       AWS_ECR_CONTAINER_IMAGE, arn:aws:ecr:REGION:ACCOUNT:repository/NAME/sha256:HEX
//   function    AWS_LAMBDA_FUNCTION, arn:aws:lambda:REGION:ACCOUNT:function:NAME:$LATEST
//   repository  CODE_REPOSITORY, arn:aws:inspector2:REGION:ACCOUNT:codesecurity-integration/UUID/project-UUID
//   all others  AWS_EC2_INSTANCE, "i-" and 17 hexadecimal digits
#pragma once

#include <string_view>

#include "findings/resource.h"
#include "source/target.h"

namespace vigil::estate {

/// `target` is the name of the target that was scanned: "host", "dir", "image".
findings::Resource scanned_resource(std::string_view target, const source::Scanned& scanned,
                                    std::string_view account, std::string_view region);

/// The inventory as it belongs to that resource: a function's layers are known by their ARNs.
inventory::Inventory resource_inventory(source::Scanned scanned,
                                        const findings::Resource& resource);

}  // namespace vigil::estate
