package import PlanText
import Redaction

/// A plan that was kept with a run, for whoever shows it: what nobody may see is found when it is shown.
package func shownPlan(_ bytes: [UInt8], from path: String) -> ShownSource {
  ShownSource(SourceText(name: path, bytes: bytes), hiding: hiddenText(in:))
}
