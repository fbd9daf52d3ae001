// How Web Chat looks on our pages: colours and type come from the style sheet.
(() => {
  "use strict";

  // Each bubble says which language it is in, for those who listen.
  const inItsLanguage = () => (next) => (...details) => {
    const draw = next(...details);
    const lang = details[0].activity.locale;
    if (!draw || !lang) return draw;
    return (...more) => {
      const drawn = draw(...more);
      return drawn && { ...drawn, type: "div", key: null, ref: null, props: { className: "in-language", lang, children: drawn } };
    };
  };

  function styleOptions() {
    const style = getComputedStyle(document.documentElement);
    const colour = (name) => style.getPropertyValue(`--${name}`).trim();
    return {
      accent: colour("accent"),
      backgroundColor: colour("paper"),
      subtle: colour("quiet"),
      primaryFont: colour("font"),
      monospaceFont: colour("font"),
      paddingRegular: 12,
      paddingWide: 18,
      bubbleBackground: colour("bot"),
      bubbleBorderWidth: 0,
      bubbleBorderRadius: 16,
      bubbleTextColor: colour("ink"),
      bubbleMaxWidth: 560,
      bubbleMinHeight: 40,
      bubbleFromUserBackground: colour("accent"),
      bubbleFromUserBorderWidth: 0,
      bubbleFromUserBorderRadius: 16,
      bubbleFromUserTextColor: colour("on-accent"),
      cardEmphasisBackgroundColor: colour("accent-soft"),
      timestampColor: colour("quiet"),
      sendBoxBackground: colour("paper"),
      sendBoxTextColor: colour("ink"),
      sendBoxPlaceholderColor: colour("quiet"),
      sendBoxBorderTop: `solid 1px ${colour("line")}`,
      sendBoxButtonColor: colour("accent"),
      sendBoxButtonColorOnHover: colour("accent"),
      sendBoxHeight: 56,
      sendBoxTextWrap: true,
      suggestedActionLayout: "flow",
      suggestedActionsFlowMaxHeight: 260,
      suggestedActionBackgroundColor: colour("paper"),
      suggestedActionBackgroundColorOnHover: colour("accent-soft"),
      suggestedActionBorderColor: colour("accent"),
      suggestedActionBorderWidth: 1,
      suggestedActionBorderRadius: 20,
      suggestedActionTextColor: colour("accent"),
      suggestedActionHeight: 40,
      hideUploadButton: true,
      internalLiveRegionFadeAfter: 1000,
    };
  }

  window.cspLook = { inItsLanguage, styleOptions };
})();
