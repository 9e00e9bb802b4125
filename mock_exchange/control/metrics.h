#pragma once

// /metrics, in the text form that Prometheus reads.

#include "mock_exchange/control/control.h"
#include "mock_exchange/exchange/exchange.h"
#include "mock_exchange/wire/answer.h"

namespace ocokit::mock::control {

[[nodiscard]] Answer GetMetrics(const Exchange& exchange, const Control::Connections& connections);

}  // namespace ocokit::mock::control
