// GetConfiguration and UpdateConfiguration.
#include <array>

#include "api/shapes/shapes.h"

namespace vigil::api {
namespace {

constexpr std::array kShapes = {
    NamedShape{"EcrRescanDuration",
               "LIFETIME|DAYS_3|DAYS_7|DAYS_14|DAYS_30|DAYS_60|DAYS_90|DAYS_180"},
    NamedShape{"EcrPullDateRescanDuration",
               "DAYS_3|DAYS_7|DAYS_14|DAYS_30|DAYS_60|DAYS_90|DAYS_180"},
    NamedShape{"EcrPullDateRescanMode", "LAST_PULL_DATE|LAST_IN_USE_AT"},
    NamedShape{"EcrConfiguration",
               "{rescanDuration*:EcrRescanDuration,"
               " pullDateRescanDuration:EcrPullDateRescanDuration,"
               " pullDateRescanMode:EcrPullDateRescanMode}"},
    NamedShape{"Ec2ScanMode", "EC2_SSM_AGENT_BASED|EC2_HYBRID"},
    NamedShape{"Ec2Configuration", "{scanMode*:Ec2ScanMode, activateVMScanner:bool}"},
    NamedShape{"UpdateConfigurationInheritance",
               "{ec2Configuration:INHERIT_FROM_ADMIN, ecrConfiguration:INHERIT_FROM_ADMIN}"},
};

}  // namespace

std::span<const NamedShape> configuration_shapes() {
  return kShapes;
}

}  // namespace vigil::api
