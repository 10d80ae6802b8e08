/** Somebody who tries the sandbox in a browser: sits down as one person after the other, clicks, types, reads. */
import type { Browser, Locator, Page } from 'playwright-core';

export interface VisitOptions {
  readonly locale?: string;
  readonly colorScheme?: 'light' | 'dark';
  readonly viewport?: { readonly width: number; readonly height: number };
  readonly deviceScaleFactor?: number;
}

/** Of a slow machine; whoever waits longer says so. */
const PATIENCE_MS = 10_000;

export const DATA = 'C0DATA';
export const APPROVALS = 'C0APPROVALS';

export class Visitor {
  readonly page: Page;
  /** What the browser complained of, and every address that is not the sandbox's own. */
  readonly complaints: string[] = [];

  private constructor(page: Page, url: string) {
    this.page = page;
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') this.complaints.push(message.text());
    });
    page.on('pageerror', (error) => this.complaints.push(String(error)));
    page.on('request', (request) => {
      if (!request.url().startsWith(`${url}/`) && !request.url().startsWith('data:'))
        this.complaints.push(request.url());
    });
  }

  static async arrive(browser: Browser, url: string, path = '/', options: VisitOptions = {}): Promise<Visitor> {
    const context = await browser.newContext({ viewport: { width: 1360, height: 860 }, ...options });
    const visitor = new Visitor(await context.newPage(), url);
    visitor.page.setDefaultTimeout(PATIENCE_MS);
    await visitor.page.goto(`${url}${path}`);
    return visitor;
  }

  leave(): Promise<void> {
    return this.page.context().close();
  }

  async sitDownAs(who: string): Promise<void> {
    await this.page.locator('[data-seat="first"]').selectOption(who);
    await this.pane(who).waitFor();
  }

  async sitBeside(who: string): Promise<void> {
    await this.page.locator('[data-seat="second"]').selectOption(who);
    await this.pane(who).waitFor();
  }

  pane(who: string): Locator {
    return this.page.locator(`.pane[data-who="${who}"]`);
  }

  async go(who: string, place: string): Promise<void> {
    await this.pane(who).locator(`[data-place="${place}"]`).click();
  }

  modal(who: string, callback: string): Locator {
    return this.pane(who).locator(`.dialog[data-view="${callback}"]`);
  }

  async say(who: string, text: string): Promise<void> {
    const box = this.pane(who).locator('.composer').last().getByRole('combobox');
    await box.fill(text);
    await box.press('Enter');
  }

  /** Searches in a menu of a form, and takes what is found. */
  async pick(form: Locator, block: string, value: string): Promise<void> {
    const input = form.locator(`[data-block="${block}"]`).getByRole('combobox');
    await input.click();
    await form.locator(`[data-block="${block}"] [role="option"][data-value="${value}"]`).click();
  }

  async type(form: Locator, block: string, text: string): Promise<void> {
    await form.locator(`[data-block="${block}"] :is(input, textarea)`).fill(text);
  }

  async submit(form: Locator): Promise<void> {
    await form.locator('[data-submit]').click();
  }

  /** Asks with everything in the command but the zone and the reason. */
  async ask(who: string, { instance, service, zone, reason }: Asked): Promise<void> {
    await this.go(who, DATA);
    await this.say(who, `/vpc-endpoint create ${instance} ${service}`);
    const form = this.modal(who, 'create_endpoint');
    await this.pick(form, 'zone', zone);
    await this.type(form, 'reason', reason);
    await this.submit(form);
    await form.waitFor({ state: 'detached' });
  }

  /** The card that says this, in the approvals channel of whoever sits there. */
  card(who: string, says: string): Locator {
    return this.pane(who)
      .locator('.channel article', { hasText: says })
      .filter({ has: this.page.locator('.blocks') })
      .first();
  }

  figure(name: 'creates' | 'endpoints'): Promise<number> {
    return this.page.locator(`.other-side [data-figure="${name}"]`).innerText().then(Number);
  }
}

export interface Asked {
  readonly instance: string;
  readonly service: string;
  readonly zone: string;
  readonly reason: string;
}
