import PlanCompiler
import PlanText
import Redaction

extension PlanOverlays.File {
  /// The source with what of it is not shown.
  var shown: ShownSource {
    ShownSource(source) { [syntax] in hiddenText(in: $0, of: syntax) }
  }
}
