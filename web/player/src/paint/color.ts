/** Colours are `0xRRGGBBAA`, as in the format. */

/** Whether nothing of it is seen. */
export function isClear(color: number): boolean {
  return (color & 0xff) === 0;
}

/** As CSS writes it, its alpha multiplied by `alpha`. */
export function css(color: number, alpha = 1): string {
  const [red, green, blue] = [(color >>> 24) & 0xff, (color >>> 16) & 0xff, (color >>> 8) & 0xff];
  const opacity = ((color & 0xff) / 255) * alpha;
  return `rgba(${red},${green},${blue},${opacity})`;
}

/** Perceived lightness, 0 black … 1 white. */
export function lightness(color: number): number {
  const [red, green, blue] = [(color >>> 24) & 0xff, (color >>> 16) & 0xff, (color >>> 8) & 0xff];
  return (0.299 * red + 0.587 * green + 0.114 * blue) / 255;
}
