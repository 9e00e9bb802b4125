#include "mock_exchange/engine/contingency.h"

namespace ocokit::mock::engine {
namespace {

Effect AfterTrigger(CancelSiblingOn rule) {
  switch (rule) {
    case CancelSiblingOn::kFirstFill:
    case CancelSiblingOn::kTrigger:
      return Effect::kCancelSibling;
    case CancelSiblingOn::kFullFill:
      return Effect::kNothing;
  }
  return Effect::kNothing;
}

Effect AfterPartialFill(CancelSiblingOn rule) {
  switch (rule) {
    case CancelSiblingOn::kFirstFill:
      return Effect::kCancelSibling;
    case CancelSiblingOn::kTrigger:
    case CancelSiblingOn::kFullFill:
      return Effect::kShrinkSibling;
  }
  return Effect::kShrinkSibling;
}

}  // namespace

Effect Follow(Happening happening, CancelSiblingOn rule) {
  switch (happening) {
    case Happening::kTriggered:
      return AfterTrigger(rule);
    case Happening::kFilledInPart:
      return AfterPartialFill(rule);
    case Happening::kFilled:
    case Happening::kCancelled:
      return Effect::kEndList;
  }
  return Effect::kEndList;
}

}  // namespace ocokit::mock::engine
