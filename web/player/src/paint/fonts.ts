/** The family that everything is drawn with: the same files that texts were laid out with. */
export const FAMILY = "Viewreel Inter";

const FACES: readonly (readonly [weight: string, url: URL])[] = [
  ["400", new URL("../../../../assets/fonts/inter/Inter-Regular.ttf", import.meta.url)],
  ["500", new URL("../../../../assets/fonts/inter/Inter-Medium.ttf", import.meta.url)],
  ["600", new URL("../../../../assets/fonts/inter/Inter-SemiBold.ttf", import.meta.url)],
  ["700", new URL("../../../../assets/fonts/inter/Inter-Bold.ttf", import.meta.url)],
];

let loading: Promise<void> | null = null;

/**
 * Resolves when the fonts are there. A font that cannot be had is replaced by
 * the browser's own: a replay is shown rather than not.
 */
export function loadFonts(): Promise<void> {
  loading ??= Promise.allSettled(FACES.map(loadFace)).then(() => undefined);
  return loading;
}

async function loadFace([weight, url]: readonly [string, URL]): Promise<void> {
  const face = new FontFace(FAMILY, `url(${JSON.stringify(url.href)})`, { weight });
  document.fonts.add(await face.load());
}

/** A CSS font in points of the replay. `weight` 0 means regular. */
export function fontOf(size: number, weight = 400, isItalic = false): string {
  const slant = isItalic ? "italic " : "";
  return `${slant}${nearestWeight(weight)} ${size}px "${FAMILY}", system-ui, sans-serif`;
}

function nearestWeight(weight: number): number {
  if (weight === 0) return 400;
  return Math.min(700, Math.max(400, Math.round(weight / 100) * 100));
}
